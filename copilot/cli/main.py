"""The `copilot` command: its subcommands, and how an error is told."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated

import typer

from copilot import __version__
from copilot.cli import check, db, demo, export, prelabel, serve, users
from copilot.cli.printing import tell
from copilot.errors import CopilotError

app = typer.Typer(
    name="copilot",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"copilot {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    """Draft training data with a language model, check it, and let people correct what is flagged."""


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
    except OSError as error:
        tell(_of_the_system(error))
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(130)


def _of_the_system(error: OSError) -> CopilotError:
    """What the disk or the network said where no command had better words for it."""
    from pathlib import Path

    from copilot.files import disk_trouble

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_trouble(Path(error.filename or "the output"), error)
    where = f": {error.filename}" if error.filename else ""
    return CopilotError(
        f"{error.strerror or type(error).__name__}{where}", hint="check that file, its folder and the disk"
    )


if __name__ == "__main__":
    run()
