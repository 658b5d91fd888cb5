-- Goes round the lines of a file: `path`, or `path <tab> version <tab> token` for a report of progress, each once.
local lines, place = {}, 0
local body = '{"percent": %d, "text": "Đã hoàn thành thêm một phần việc"}'

function init(arguments)
    for line in io.lines(arguments[1]) do lines[#lines + 1] = line end
end

function request()
    place = place + 1
    local path, version, token = lines[(place - 1) % #lines + 1]:match("^([^\t]*)\t?([^\t]*)\t?([^\t]*)$")
    if version == "" then return wrk.format("GET", path) end
    if place >= #lines then wrk.thread:stop() end
    return wrk.format("POST", path, {
        ["Authorization"] = "Bearer " .. token, ["If-Match"] = '"v' .. version .. '"', ["Content-Type"] = "application/json",
    }, body:format(place % 100))
end

function done(summary, latency)
    local errors = summary.errors
    io.write(("\nRESULT %d %d %d %d %d\n"):format(
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
