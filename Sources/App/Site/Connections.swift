import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Requests under way, by connection, so that work for somebody who has gone away can be cancelled.
final class Connections: Sendable {
    private let running = Mutex<[ObjectIdentifier: @Sendable () -> Void]>([:])

    func began(_ connection: ObjectIdentifier, cancel: @escaping @Sendable () -> Void) {
        running.withLock { $0[connection] = cancel }
    }

    func ended(_ connection: ObjectIdentifier) {
        running.withLock { _ = $0.removeValue(forKey: connection) }
    }

    func closed(_ connection: ObjectIdentifier) {
        running.withLock { $0.removeValue(forKey: connection) }?()
    }
}

/// Closes a connection whose request does not arrive in time, and tells when the client goes away.
///
/// The framework's idle time-out is reset by every byte; this one is not, so a client that sends a byte a second gains nothing.
final class ConnectionDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: Configuration.Limits
    private let connections: Connections
    private var deadline: Scheduled<Void>?
    private var bodyBytes = 0
    /// So many bytes of a body earn a new deadline.
    private var step = 0
    /// The answer has gone out before the whole request had come in: a body that nobody wants.
    private var isAnswered = false

    init(limits: Configuration.Limits, connections: Connections) {
        self.limits = limits
        self.connections = connections
    }

    func handlerAdded(context: ChannelHandlerContext) { expect(within: limits.headers, context) }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            (bodyBytes, isAnswered) = (0, false)
            // A large file over a slow line is no attack: steady arrival counts, 800 bytes a second. Of what is small
            // by nature the whole has to come soon.
            let isUpload = head.headerFields[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true
            step = isUpload ? 16 * 1024 : 256 * 1024
            expect(within: limits.body, context)
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            if bodyBytes >= step, !isAnswered {
                bodyBytes = 0
                expect(within: limits.body, context)
            }
        case .end: if isAnswered { expect(within: limits.idle, context) } else { deadline?.cancel() }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            isAnswered = true
            expect(within: limits.idle, context)
        }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            connections.closed(ObjectIdentifier(context.channel))
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        connections.closed(ObjectIdentifier(context.channel))
        context.fireChannelInactive()
    }

    private func expect(within time: Duration, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(time)) { channel.close(promise: nil) }
    }
}
