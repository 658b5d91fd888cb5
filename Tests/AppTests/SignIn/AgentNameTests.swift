import Testing

@testable import App

@Suite struct AgentNameTests {
    @Test(arguments: [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
            "Chrome", "Windows"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0",
            "Edge", "Windows"
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36",
            "Chrome", "Android"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
            "Safari", "iPhone"
        ),
    ])
    func aBrowserIsCalledAsPeopleCallIt(agent: String, browser: String, system: String) {
        let name = AgentName(agent)
        #expect(name?.browser == browser)
        #expect(name?.system == system)
    }

    @Test(arguments: ["", "curl/8.5.0", "resolute", "Mozilla/5.0 (Windows NT 10.0)"])
    func whatIsNotKnownIsNotGuessed(agent: String) {
        #expect(AgentName(agent) == nil)
    }
}
