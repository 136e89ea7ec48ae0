-- Asks for one page again and again, as another learner each time. Says at the end what came of it, in one line.

local requests, at = {}, 0

function init(args)
  local method, path = os.getenv("BENCH_METHOD"), os.getenv("BENCH_PATH")
  local headers, body = {}, nil
  if os.getenv("BENCH_ENCODING") ~= "" then headers["Accept-Encoding"] = os.getenv("BENCH_ENCODING") end
  if method == "POST" then
    body = os.getenv("BENCH_BODY")
    headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
  if os.getenv("BENCH_COOKIES") == "" then
    requests[1] = wrk.format(method, path, headers, body)
    return
  end
  for line in io.lines(os.getenv("BENCH_COOKIES")) do
    headers["Cookie"] = line
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("bench: %d requests in %d us, p50 %d us, p99 %d us, %d refused, %d broken\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status, broken))
end
