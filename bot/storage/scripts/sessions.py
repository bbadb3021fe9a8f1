"""Scripts for conversations.

The thread of a direct space's open conversation is known only inside a script, so `LOAD_DIRECT` and `DELETE_DIRECT`
build that conversation's key themselves; it has the hash tag of the declared ones, which is what a Cluster needs.
Dragonfly wants to be told: that is their first line, which is a comment to the others.
"""

from bot.storage.record import FIELDS

_NAMES = ", ".join(f"'{name}'" for name in FIELDS)

LOAD_DIRECT = f"""--!df flags=allow-undeclared-keys
-- KEYS: open_key. ARGV: space_key, thread_key or ''.
-- The thread's own conversation, else the open one, else none. Answer: {{thread_key, {{values}}}} or {{}}.
local thread_key = ARGV[2]
if thread_key == '' or redis.call('EXISTS', ARGV[1] .. thread_key) == 0 then
  thread_key = redis.call('GET', KEYS[1])
end
if not thread_key then return {{}} end
return {{thread_key, redis.call('HMGET', ARGV[1] .. thread_key, {_NAMES})}}
"""

SAVE = f"""
-- KEYS: conversation [, open_key].
-- ARGV: expected revision, document, revision, schema, write token, time to live in ms, thread_key,
--       the write token that must still be there or '', card that was pressed or '', revision that it showed
--       (at most the expected one counts), 1 where marks and the draft are forgotten; then a delivery that is under way
--       counts as overtaken; 1 where the pressed card counts also if the one on record shows the same revision.
-- Answer: 1 when written, else 0; and the values that stand there then.
local found = redis.call('HMGET', KEYS[1], 'rev', 'schema', 'write', 'card', 'delivered')
local again = found[3] == ARGV[5] or found[3] == ARGV[5] .. '+'
local newer = found[2] and (tonumber(found[2]) or 0) > tonumber(ARGV[4])
local done = 0
local same = tonumber(found[1] or '0') == tonumber(ARGV[1]) and (ARGV[8] == '' or found[3] == ARGV[8])
if again or (not newer and same) then
  redis.call('HSET', KEYS[1], 'doc', ARGV[2], 'rev', ARGV[3], 'schema', ARGV[4], 'write', again and found[3] or ARGV[5])
  if not again then redis.call('HDEL', KEYS[1], 'behind') end
  local pressed = tonumber(ARGV[10]) <= tonumber(ARGV[1]) and ARGV[10] or ARGV[1]
  local delivered = tonumber(found[5] or '0') or 0
  if ARGV[9] ~= '' and (delivered < tonumber(pressed) or (ARGV[12] == '1' and delivered == tonumber(pressed))) then
    if found[4] and found[4] ~= ARGV[9] then redis.call('HSET', KEYS[1], 'left', found[4]) end
    redis.call('HSET', KEYS[1], 'card', ARGV[9], 'delivered', pressed)
  end
  if ARGV[11] == '1' then
    redis.call('HDEL', KEYS[1], 'marks', 'left', 'draft')
    redis.call('HSET', KEYS[1], 'delivered', ARGV[3])
  end
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  if KEYS[2] then redis.call('SET', KEYS[2], ARGV[7], 'PX', ARGV[6]) end
  done = 1
end
return {{done, redis.call('HMGET', KEYS[1], {_NAMES})}}
"""

ADOPT = f"""
-- KEYS: conversation. Answer: the values of what is stored. Its write token gets a mark: it is not undone any more, and
-- who sends the save again still knows it.
local write = redis.call('HGET', KEYS[1], 'write')
if write then redis.call('HSET', KEYS[1], 'write', string.gsub(write, '%+$', '') .. '+') end
return redis.call('HMGET', KEYS[1], {_NAMES})
"""

KEEP_DRAFT = """
-- KEYS: conversation. ARGV: the draft. A conversation that is gone stays so.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'draft', ARGV[1]) end
return 1
"""

MARK_DELIVERED = """
-- KEYS: conversation, then one for each message with feedback. ARGV: card or '', revision that was delivered, time to
-- live in ms, token, how many marks are known, what the feedback of each message is about.
-- Answer: the current revision ('0' when nothing is stored); the card and the delivered revision on record before; to a
-- delivery whose revision is on record already, the card that a press took off the record meanwhile; whether an older
-- revision was marked since the current one was saved, and this one not since then.
-- No delivered revision is above the current one: what says so is of a conversation that was deleted, and counts as it.
-- A later delivery is never overwritten by an earlier one. A mark that is sent again changes nothing and is answered as
-- before: by then the card on record may be its own.
local found = redis.call('HMGET', KEYS[1], 'rev', 'delivered', 'card', 'marks', 'left', 'behind')
if not found[1] then return {'0', found[3], '0', false, false} end
if (tonumber(found[2] or '0') or 0) > (tonumber(found[1]) or 0) then found[2] = found[1] end
local shown = tonumber(ARGV[2]) <= (tonumber(found[1]) or 0) and ARGV[2] or found[1]
local left = (tonumber(found[2] or '0') or 0) >= tonumber(ARGV[2]) and found[5]
local behind = tonumber(ARGV[2]) >= (tonumber(found[1]) or 0) and found[6]
local marks = {table.concat({ARGV[4], found[1], found[2] or '0', found[3] or ''}, ' ')}
for mark in string.gmatch(found[4] or '', '[^\\n]+') do
  local token, revision, delivered, card = string.match(mark, '^(%S+) (%S*) (%S*) (.*)$')
  if token == ARGV[4] then return {revision, card ~= '' and card, delivered, left, behind} end
  if #marks < tonumber(ARGV[5]) then marks[#marks + 1] = mark end
end
redis.call('HSET', KEYS[1], 'marks', table.concat(marks, '\\n'))
if left then redis.call('HDEL', KEYS[1], 'left') end
if tonumber(ARGV[2]) < (tonumber(found[1]) or 0) then
  redis.call('HSET', KEYS[1], 'behind', '1')
elseif behind then
  redis.call('HDEL', KEYS[1], 'behind')
end
for at = 2, #KEYS do redis.call('SET', KEYS[at], ARGV[at + 4], 'PX', ARGV[3]) end
if (tonumber(found[2] or '0') or 0) <= tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'delivered', shown)
  if ARGV[1] ~= '' then redis.call('HSET', KEYS[1], 'card', ARGV[1]) end
end
return {found[1], found[3], found[2] or '0', left, behind}
"""

DELETE_DIRECT = """--!df flags=allow-undeclared-keys
-- KEYS: open_key. ARGV: space_key, thread_key or '' for the open one. Answer: number of conversations removed.
local open = redis.pcall('GET', KEYS[1])
if type(open) == 'table' then
  redis.call('DEL', KEYS[1])
  open = false
end
local thread_key = ARGV[2] ~= '' and ARGV[2] or open
if not thread_key then return 0 end
if thread_key == open then redis.call('DEL', KEYS[1]) end
return redis.call('DEL', ARGV[1] .. thread_key)
"""
