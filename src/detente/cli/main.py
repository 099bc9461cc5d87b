"""The command ``detente``: a group whose commands are loaded when they are named."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword

import click

from detente import __version__
from detente.errors import DetenteError

__all__ = ["COMMANDS", "main"]

COMMANDS: Mapping[str, str] = {
    "demo": "Analyse the flagship case and write its report.",
    "new": "Make a case folder to start from, or a copy of an example.",
    "check": "Check a case folder; every fault with its file, line and column.",
    "show": "Show what a case, a draft, an actor or a point holds.",
    "diff": "Show what changed between two drafts, or between two case folders.",
    "assess": "Say how likely each draft is to be accepted, by whom not, and why.",
    "power": "Say who holds how much of a decision, who can stop it, and on whom it hangs.",
    "explain": "Show which statements moved a belief, and by how much.",
    "ledger": "Show who gains and who gives on which point.",
    "amend": "Find the fewest changes everybody needed could accept, or the deadlock.",
    "chance": "Find the package most likely to pass, or the fewest changes to reach a chance.",
    "stability": "Find where a conflict can settle, and how it gets there (graph model).",
    "forecast": "Say where bargaining over a question with a scale may end, and how surely.",
    "money": "Say who gets what, and when, under a draft; to the cent.",
    "frontier": "Find the packages that cannot be better for one without loss to another.",
    "solve": "Find the packages that bargaining solutions choose, each with its proof.",
    "improve": "Say whether a package can be improved without harm to anybody.",
    "status": "Say how an agreement stands: what is in force, due, overdue, broken, and why.",
    "event": "Add an entry to the log of what happened to an agreement.",
    "timeline": "Show what happened to the norms of an agreement, in order.",
    "calendar": "Write what is due when as iCalendar, for calendar programs.",
    "lint": "Find what is wrong with an agreement before it is signed: circles, clashes, gaps.",
    "simulate": "Run an agreement many times: how long it lasts, and what breaks first.",
    "precedents": "Say what earlier peace agreements said on these points, and how they lasted.",
    "read": "Read documents: who said what, with proposals for review.",
    "review": "Review what reading proposed: accept, change, merge, reject, undo.",
    "update": "Read a document, review it, and show what it changes.",
    "train-reader": "Train the tagger of reading on a marked corpus.",
    "train-stances": "Train the network that reads stances on labelled passages.",
    "report": "Write a self-contained report (HTML, Markdown or JSON).",
    "import": "Turn a scenario of Genius, GeniusWeb, NegoLog or NegMAS into a case folder.",
    "export": "Write a case as a scenario for those programs.",
    "schema": "Print the JSON Schema of a kind of case file, for editors.",
}


class _Commands(click.Group):
    """Commands by name; ``--help`` reads the table above and imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        module = import_module(f"detente.cli.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from detente.text.nearest import suggest

            ctx.fail(f"There is no command '{args[0]}'{suggest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="detente")
def cli() -> None:
    """Détente, a workbench for peace plans and other agreements among many parties.

    A CASE is a folder of YAML files, or the name of a shipped example such as ukraine-2025. Start
    with 'detente demo', then 'detente new my-case'. Every command takes --json.

    \b
    Completion (bash): eval "$(_DETENTE_COMPLETE=bash_source detente)"
    Exit codes: 0 fine, 1 findings where a command checks, 2 wrong use or bad input.
    """


def main() -> None:
    """Run the command line; faults of the user end with one line each and exit code 2."""
    gc.set_threshold(200_000, 20, 20)  # a command is short: looking for garbage costs it a tenth
    code = 0
    try:
        code = cli.main(prog_name="detente", standalone_mode=False) or 0
    except click.exceptions.Exit as leave:
        code = leave.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = 130
    except click.ClickException as error:
        words = " ".join(error.format_message().split())
        context = error.ctx if isinstance(error, click.UsageError) else None
        known = words.endswith("?")
        hint = f" See '{context.command_path} --help'." if context and not known else ""
        click.echo(f"Error: {words}{hint}", err=True)
        code = 2
    except DetenteError as error:
        click.echo(str(error), err=True)
        code = 2
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        click.echo(f"{name}The file cannot be used ({error.strerror}).", err=True)
        code = 2
    sys.exit(code)
