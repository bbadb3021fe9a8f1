"""The tabs of the page: a platform's side of the playground each."""

from bot.playground.slack_tab import SlackTab
from bot.playground.teams_tab import TeamsTab

Tab = SlackTab | TeamsTab
