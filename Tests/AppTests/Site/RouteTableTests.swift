import HTTPTypes
import Testing

@testable import App

@Suite struct RouteTableTests {
    private static let answer: Route.Handler = { _ in Answer() }
    private let table = RouteTable([
        .get("/", answer), .get("/units", answer), .post("/units", answer), .get("/units/new", answer),
        .get("/units/{unit}", answer), .get("/units/{unit}/names/new", answer), .get("/units/tree/{part}", answer),
        Route(.put, "/api/v1/units/{unit}/facts", answer), .get("/assets/{version}/{file}", answer),
    ])

    private func found(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch table.find(method, path) {
        case .route(let route, let parameters):
            ([route.path] + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(
                separator: " ")
        case .otherMethods(let methods): methods.joined(separator: ",")
        case .nothing: "nothing"
        }
    }

    @Test func literalSegmentsWinOverNames() {
        #expect(found(.get, "/units/new") == "/units/new")
        #expect(found(.get, "/units/42") == "/units/{unit} unit=42")
        #expect(found(.get, "/units/tree/x") == "/units/tree/{part} part=x")
        // The literal way ends nowhere, so the named one is tried.
        #expect(
            found(.get, "/units/tree/names/new") == "nothing"
                || found(.get, "/units/tree/names/new").hasPrefix("/units/{unit}"))
        #expect(found(.get, "/units/new/names/new") == "/units/{unit}/names/new unit=new")
    }

    @Test func namesAreDecoded() {
        #expect(found(.get, "/units/S%E1%BB%9F%20K") == "/units/{unit} unit=Sở K")
        #expect(found(.get, "/units/a+b") == "/units/{unit} unit=a+b")
        #expect(found(.get, "/units/a%2Fb") == "/units/{unit} unit=a/b")
        #expect(found(.get, "/assets/v1/app.css") == "/assets/{version}/{file} file=app.css version=v1")
    }

    @Test func aKnownPathWithAnotherMethodNamesTheRightOnes() {
        #expect(found(.delete, "/units") == "GET,POST")
        #expect(found(.get, "/api/v1/units/1/facts") == "PUT")
        #expect(found(.post, "/units/new") == "GET")
    }

    @Test func headIsGet() {
        #expect(found(.head, "/units") == "/units")
        #expect(found(.head, "/api/v1/units/1/facts") == "PUT")
    }

    @Test(arguments: [
        "/nowhere", "/units/1/nowhere", "/units/%", "/units/%4", "/units/%GG", "/units/%FF%FE", "/units/a%00b",
        "/units/1/2/3/4/5/6/7/8/9/10/11/12/13/14",
    ])
    func whatIsNoPathFindsNothing(_ path: String) { #expect(found(.get, path) == "nothing") }

    @Test func emptySegmentsDoNotCount() {
        #expect(found(.get, "//units//") == "/units")
        #expect(found(.get, "") == "/")
    }
}
