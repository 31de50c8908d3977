-- Appends messages to the log of one channel and announces each to the subscribers, as one step.
--
-- KEYS  1 the log (a stream)   2 the last sequence number of each publisher (a hash)
-- ARGV  1 the pub/sub channel   2 the length of the log   3 its life in milliseconds   4 the publisher
--       5 whether this is a cluster (1 or 0)   6 how old entries may become in milliseconds, 0 for any age
--       7 the last sequence number that this publisher knows to be accepted, 0 if none   8 the id of that message
--       then four for each message: its sequence number, whether it has an event type (1 or 0), that type, its data
-- Returns for each message its id, or "-" and the reason why it was refused.
--
-- A publisher that lost an answer sends again. Its sequence numbers rise within a channel, so what was accepted before,
-- even by a command that arrives late from a connection given up since, is told by its number and is not added twice.
--
-- A server that does not know the number which it has accepted is another one, which took over before it had a copy: what
-- it has not is lost. The next entry names the last that is forgotten, so that every node and every later reader knows.

local log, sequences = KEYS[1], KEYS[2]
local topic, length, life, publisher = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local age, acknowledged, acknowledged_id = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
local FIRST = 9 -- the argument with which the messages begin

-- Since version 7 announcements can stay within the shard. Older servers do not tell their version.
local announce = ARGV[5] == '1' and redis.REDIS_VERSION_NUM and 'SPUBLISH' or 'PUBLISH'

local known = redis.call('HGET', sequences, publisher)
local done, done_id = 0, nil
if known then
  local sequence, id = string.match(known, '^(%d+) (.+)$')
  done, done_id = tonumber(sequence), id
end

local forgotten = done < acknowledged and acknowledged_id or nil

-- The stream itself is asked for the previous id: unlike a value kept beside it, that can never disagree with the stream.
local tail = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)
local previous = tail[1] and tail[1][1] or '-'

local function mark(sequence)
  return publisher .. ':' .. sequence
end

-- The ids of those messages that were accepted before: one pass back over the log, however many they are, because an
-- answer that takes too long is an answer lost again. What has been trimmed since gets the nearest id that is known.
local function ids_of_repeated()
  local ids, missing = {}, 0
  for i = FIRST, #ARGV, 4 do
    if tonumber(ARGV[i]) <= done then
      ids[mark(ARGV[i])] = done_id
      missing = missing + 1
    end
  end
  local from = '+'
  for _ = 1, 100 do
    if missing == 0 then
      break
    end
    local entries = redis.call('XREVRANGE', log, from, '-', 'COUNT', 100)
    for _, entry in ipairs(entries) do
      local fields = entry[2]
      if fields[3] == 's' and ids[fields[4]] then
        ids[fields[4]] = entry[1]
        missing = missing - 1
      end
    end
    if #entries < 100 then
      break
    end
    from = '(' .. entries[#entries][1]
  end
  return ids
end

local function refused(answer)
  return type(answer) == 'table' and answer.err and '-' .. answer.err
end

local function add(sequence, named, event, data)
  local fields = {'p', previous, 's', mark(sequence), 'd', data} -- ids_of_repeated() relies on the order
  if named then
    fields[#fields + 1], fields[#fields + 2] = 'e', event
  end
  if forgotten then
    fields[#fields + 1], fields[#fields + 2] = 'l', forgotten
  end
  local id = redis.pcall('XADD', log, 'MAXLEN', '~', length, '*', unpack(fields))
  if refused(id) then
    return nil, refused(id)
  end
  local header = 'S1 ' .. previous .. ' ' .. id .. ' ' .. (named and #event or '-')
  header = header .. (forgotten and ' ' .. forgotten or '') .. '\n'
  local sent = redis.pcall(announce, topic, header .. (named and event or '') .. data)
  if refused(sent) then
    redis.call('XDEL', log, id)
    return nil, refused(sent)
  end
  return id
end

if not known then
  -- Who may not do this must hear of it before anything has gone out, not after.
  redis.call('PEXPIRE', log, life)
  redis.call('HSET', sequences, publisher, '0 0-0')
  redis.call('PEXPIRE', sequences, life)
end

local repeated = ids_of_repeated()
local answers, last, last_id = {}, nil, nil
for i = FIRST, #ARGV, 4 do
  local sequence = ARGV[i]
  if tonumber(sequence) <= done then
    answers[#answers + 1] = repeated[mark(sequence)]
  else
    local id, reason = add(sequence, ARGV[i + 1] == '1', ARGV[i + 2], ARGV[i + 3])
    if id then
      previous, last, last_id, forgotten = id, sequence, id, nil
    end
    answers[#answers + 1] = id or reason
  end
end

if last then
  redis.call('HSET', sequences, publisher, last .. ' ' .. last_id)
  redis.call('PEXPIRE', sequences, life)
  redis.call('PEXPIRE', log, life)
  if age > 0 then
    -- After the append: the newest entry stays, so that the next one can name it.
    redis.call('XTRIM', log, 'MINID', string.format('%.0f', tonumber(string.match(last_id, '^%d+')) - age))
  end
  -- A new publisher is a node that has started: a good time to forget those that have been silent too long to send again.
  if not known and redis.call('HLEN', sequences) > 16 then
    local now = tonumber(string.match(last_id, '^%d+'))
    local all = redis.call('HGETALL', sequences)
    for i = 1, #all, 2 do
      -- What is none of ours has no time, and goes, too
      if (tonumber(string.match(all[i + 1], ' (%d+)-')) or 0) < now - tonumber(life) then
        redis.call('HDEL', sequences, all[i])
      end
    end
  end
end
return answers
