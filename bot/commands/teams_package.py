"""`advisor teams-package`: the file that is uploaded to Teams so that people can add the advisor there."""

from argparse import Namespace
from collections.abc import Mapping

from bot.commands.output import print_error
from bot.config.environment import read_settings
from bot.teams.app_package import DEVELOPER, EXAMPLE, BadOption, PackageError, build_app_package


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Writes the package for the app that the settings name."""
    app_id = read_settings(environment).microsoft_app_id
    if app_id is None:
        print_error("MICROSOFT_APP_ID is missing: set it to the app's id from Azure. See docs/teams.md.")
        return 78
    who = {option: getattr(arguments, option) for option in DEVELOPER}
    try:
        made = build_app_package(
            app_id, arguments.name, arguments.output, developer=who, version=arguments.package_version
        )
    except BadOption as error:
        print_error(f"--{error.option}: {error}")
        return 2
    except PackageError as error:
        print_error(str(error))
        return 78
    except OSError as error:
        print_error(f"{error.filename or arguments.output}: {error.strerror}.")
        return 1
    missing = ", ".join(f"--{option}" for option, said in who.items() if said is None)
    if missing:
        print_error(
            f"Warning: the package names {EXAMPLE} where people look for who offers this. Say who, with {missing}."
        )
    print(f"{made}: upload it in Teams under Apps, Manage your apps, Upload an app.")
    return 0
