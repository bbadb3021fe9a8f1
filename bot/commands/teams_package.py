"""`advisor teams-package`: the file that is uploaded to Teams so that people can add the advisor there."""

from argparse import Namespace
from collections.abc import Mapping

from bot.commands.console import print_error
from bot.config.settings import Settings
from bot.teams.app_package import BadName, PackageError, build_app_package


def run(arguments: Namespace, environment: Mapping[str, str]) -> int:
    """Writes the package for the app that the settings name."""
    app_id = Settings.from_environment(environment).microsoft_app_id
    if app_id is None:
        print_error("MICROSOFT_APP_ID is missing: set it to the app's id from Azure. See docs/teams.md.")
        return 78
    try:
        made = build_app_package(app_id, arguments.name, arguments.output)
    except BadName as error:
        print_error(f"--name: {error}")
        return 2
    except PackageError as error:
        print_error(str(error))
        return 78
    except OSError as error:
        print_error(f"{error.filename or arguments.output}: {error.strerror}.")
        return 1
    print(f"{made}: upload it in Teams under Apps, Manage your apps, Upload an app.")
    return 0
