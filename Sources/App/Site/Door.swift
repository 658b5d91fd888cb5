import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Storage

/// Every request comes through here: who asks, may they knock, then the route's handler; every error leaves through here.
struct Door: HTTPResponder {
    let services: Services
    let connections: Connections
    /// Where requests of clients are worked on.
    private let threads: BlockingThreads?
    private let table: RouteTable
    private let authentication: Authentication

    init(
        services: Services, routes: [Route], connections: Connections = Connections(), threads: BlockingThreads? = nil
    ) {
        self.services = services
        self.connections = connections
        self.threads = threads
        table = RouteTable(routes)
        authentication = Authentication(services)
    }

    /// The server's way in. The work is cancelled when the client goes away.
    func respond(to request: Request, context: SiteContext) async throws -> Response {
        let peer = context.channel?.remoteAddress?.ipAddress ?? "unknown"
        guard let channel = context.channel else { return await response(to: request, peer: peer) }
        let connection = ObjectIdentifier(channel)
        let work = Task(executorPreference: threads) { await response(to: request, peer: peer) }
        connections.began(connection) { work.cancel() }
        defer { connections.ended(connection) }
        return await work.value
    }

    /// The whole way of one request, also without a server: tests come in here.
    func response(to request: Request, peer: String) async -> Response {
        let began = ContinuousClock.now
        services.metrics.began()
        let now = services.clock.now()
        var arrival = Arrival(
            request: request, peer: peer,
            address: ClientAddress.of(request.headers, peer: peer, trusted: services.configuration.trustedProxies),
            now: now, requestID: UID.new(at: now).text, secure: services.configuration.isSecure)
        let answer = await answer(&arrival)
        var response = Finishing.finish(answer, for: request.head, secure: services.configuration.isSecure)
        if response.status.code == 413 || response.status.code == 408 { response.headers[.connection] = "close" }
        let milliseconds = (ContinuousClock.now - began) / .milliseconds(1)
        services.metrics.ended(
            route: arrival.route?.path ?? "none", method: request.method.rawValue, status: response.status.code,
            milliseconds: milliseconds)
        AccessLog.write(services.logger, arrival, status: response.status.code, milliseconds: milliseconds)
        return response
    }

    private func answer(_ arrival: inout Arrival) async -> Answer {
        do {
            try Guards.host(arrival.request, services.configuration)
            let path = arrival.path
            switch table.find(arrival.request.method, path) {
            case .route(let route, let parameters):
                arrival.route = route
                arrival.parameters = parameters
            case .otherMethods(let methods):
                arrival.identified = try await identify(arrival)
                throw AppError.methodNotAllowed(methods)
            case .nothing:
                arrival.identified = try await identify(arrival)
                throw AppError.notFound
            }
            return try await handle(&arrival)
        } catch {
            arrival.giveFormToken()
            let visit = visit(arrival)
            return withFormCookie(Failures.answer(error, visit), visit, arrival)
        }
    }

    private func handle(_ arrival: inout Arrival) async throws -> Answer {
        guard let route = arrival.route else { throw AppError.notFound }
        if route.audience != .unidentified {
            arrival.identified = try await identify(arrival)
            arrival.giveFormToken()
        }
        do {
            try Guards.audience(route, arrival, services)
        } catch {
            // What was typed is read before it is refused, so that it can be sent again.
            switch route.body {
            case .whole(let limit): arrival.body = try await collect(arrival.request, limit: limit)
            case .upload(let limit, _):
                let visit = visit(arrival)
                guard !route.isAPI, Guards.isSameOrigin(visit) else { throw error }
                arrival.typed = await UploadReading(visit: visit, limit: limit, isAPI: false).typed()
            }
            throw error
        }
        let visit = try await received(route, &arrival)
        defer { visit.upload?.discard() }
        let answer = withFormCookie(try await route.handler(visit), visit, arrival)
        guard visit.page.flash != nil, answer.isPage else { return answer }
        return answer.adding(.setCookie, FlashCookie.clear(secure: services.configuration.isSecure))
    }

    /// Every page for somebody without a session has forms, an error page too: the cookie that they are compared with.
    private func withFormCookie(_ answer: Answer, _ visit: Visit, _ arrival: Arrival) -> Answer {
        guard let planted = arrival.anonymous?.cookie, !visit.viewer.isSignedIn, answer.isPage else { return answer }
        return answer.adding(.setCookie, planted)
    }

    /// The visit with its body, whose origin has been checked: of files before the first of them is kept.
    private func received(_ route: Route, _ arrival: inout Arrival) async throws -> Visit {
        switch route.body {
        case .whole(let limit):
            arrival.body = try await collect(arrival.request, limit: limit)
            let visit = visit(arrival)
            try visit.query.problems.check()
            try Guards.forgery(route, visit, arrival.cookies)
            return visit
        case .upload(let limit, let admit):
            let cookies = arrival.cookies
            var visit = visit(arrival)
            try visit.query.problems.check()
            do {
                visit.upload = try await UploadReading(visit: visit, limit: limit, isAPI: route.isAPI).read { asked in
                    try Guards.forgery(route, asked, cookies)
                    try await admit(asked)
                }
            } catch let refused as RefusedUpload {
                arrival.typed = refused.typed
                throw refused.reason
            }
            return visit
        }
    }

    private func identify(_ arrival: Arrival) async throws -> Identified {
        try await authentication.identify(
            cookie: arrival.request.headers[.cookie], authorization: arrival.request.headers[.authorization],
            address: arrival.address, now: arrival.now, countsNotices: arrival.route?.isAPI != true)
    }

    private func collect(_ request: Request, limit: Int) async throws -> ByteBuffer {
        if request.method == .get || request.method == .head { return ByteBuffer() }
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw AppError.tooLarge(limit: limit)
        }
        do {
            return try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw AppError.tooLarge(limit: limit)
        }
    }

    private func visit(_ arrival: Arrival) -> Visit {
        let identified = arrival.identified
        let secure = services.configuration.isSecure
        let viewer = identified?.viewer ?? .anonymous
        let page = PageContext(
            language: arrival.language(identified?.language), catalogue: services.catalogue, viewer: viewer,
            clock: services.clock, today: services.clock.day(of: arrival.now),
            location: arrival.request.uri.string, csrf: identified?.session?.csrf ?? arrival.anonymous?.token ?? "",
            flash: FlashCookie.read(arrival.cookies, secure: secure), assetVersion: services.assets.version,
            unreadNotices: identified?.unreadNotices)
        var visit = Visit(
            request: arrival.request, parameters: arrival.parameters, query: arrival.query, body: arrival.body,
            viewer: viewer, session: identified?.session, token: identified?.token, page: page, services: services,
            now: arrival.now, address: arrival.address, requestID: arrival.requestID)
        visit.upload = arrival.typed
        return visit
    }
}
