import Hummingbird
import NIOCore

/// What the server knows of a request before we look at it: its connection.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: (any Channel)?

    init(source: Source) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
