import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import App

/// How long a connection may take: soon for what is small, steadily for what is large, and not for ever for anybody.
@Suite struct ConnectionsTests {
    private func channel(_ type: String? = "multipart/form-data; boundary=x") throws -> EmbeddedChannel {
        let handler = ConnectionDeadlines(limits: Configuration.Limits(), connections: Connections())
        let channel = EmbeddedChannel(handler: handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        var request = HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/")
        request.headerFields[.contentType] = type
        try channel.writeInbound(HTTPRequestPart.head(request))
        return channel
    }

    private func send(_ bytes: Int, on channel: EmbeddedChannel) throws {
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 65, count: bytes)))
    }

    private func pass(_ seconds: Int64, on channel: EmbeddedChannel) {
        channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
    }

    @Test func aSlowButSteadyUploadGoesOn() throws {
        let channel = try channel()
        for _ in 0..<200 {
            pass(15, on: channel)
            try send(16 * 1024, on: channel)
        }
        #expect(channel.isActive)
        pass(21, on: channel)
        #expect(!channel.isActive)
    }

    @Test func aUploadThatDripsIsCut() throws {
        let channel = try channel()
        for _ in 0..<25 where channel.isActive {
            pass(1, on: channel)
            if channel.isActive { try send(500, on: channel) }
        }
        #expect(!channel.isActive)
    }

    @Test(arguments: [nil, "application/json", "application/x-www-form-urlencoded"] as [String?])
    func whatIsSmallByNatureHasToComeSoon(_ type: String?) throws {
        let channel = try channel(type)
        for _ in 0..<3 where channel.isActive {
            pass(10, on: channel)
            if channel.isActive { try send(16 * 1024, on: channel) }
        }
        #expect(!channel.isActive)
    }

    /// A body that nobody wants is read for a while, so that the answer arrives, and then no longer.
    @Test func aBodyBehindItsAnswerIsReadForAWhile() throws {
        let channel = try channel()
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .contentTooLarge)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        for _ in 0..<4 {
            pass(5, on: channel)
            #expect(channel.isActive)
            try send(1 << 20, on: channel)
        }
        pass(6, on: channel)
        #expect(!channel.isActive)
    }

    @Test func aConnectionWhoseRequestHasEndedRestsUntilItIsIdle() throws {
        let channel = try channel()
        try channel.writeInbound(HTTPRequestPart.end(nil))
        // The answer may take its time.
        pass(60, on: channel)
        #expect(channel.isActive)
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        pass(24, on: channel)
        #expect(channel.isActive)
        pass(2, on: channel)
        #expect(!channel.isActive)
    }
}
