"""Scripts for Slack's installations."""

from bot.storage.scripts import LuaScript

REPLACE = LuaScript("""
-- KEYS: installation. ARGV: value that must still be there, new value, time to live in s. Answer: none.
-- Only what is still there: a workspace may be uninstalled, or installed anew, in between.
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
""")
