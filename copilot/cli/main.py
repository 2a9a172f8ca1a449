"""The `copilot` command: its subcommands, and how an error is told."""

from __future__ import annotations

import os
import sys

import typer

from copilot.cli import check, db, demo, export, prelabel, serve, users
from copilot.cli.printing import tell
from copilot.errors import CopilotError

app = typer.Typer(
    name="copilot",
    help="Draft training data with a language model, check it, and let people correct what is flagged.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo.demo)
app.command()(prelabel.prelabel)
app.command()(check.check)
app.command()(serve.serve)
app.command()(export.export)
app.add_typer(users.app, name="users")
app.add_typer(db.app, name="db")


def run() -> None:
    """Run the command of this process. Exit 0 fine, 1 something failed a check, 2 the caller's to mend."""
    os.umask(0o077)
    try:
        app(prog_name="copilot")
    except CopilotError as error:
        tell(error)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe has left: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
