"""Records in, findings out: what `copilot check` does, without a model, a database, a cache or the network."""

from copilot.checkfile.followed import Followed
from copilot.checkfile.line import Checked, Choice
from copilot.checkfile.pool import Pool
from copilot.checkfile.stream import check_file, check_stream, rules_for

__all__ = ["Checked", "Choice", "Followed", "Pool", "check_file", "check_stream", "rules_for"]
