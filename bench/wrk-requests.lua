-- Sends the requests of a file of fixed-length records, one after the other.
-- wrk … -s wrk-requests.lua URL -- FILE RECORD_LENGTH
local file, length
function init(args)
  file = io.open(args[1], 'rb')
  length = tonumber(args[2])
end
function request()
  local record = file:read(length)
  if record == nil then
    file:seek('set', 0)
    record = file:read(length)
  end
  return record
end
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"microseconds":%d,"not2xx":%d,"broken":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
