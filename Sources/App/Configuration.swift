public import Foundation
public import Storage

/// How this installation runs: read once at start, every default visible here.
public struct Configuration: Sendable {
    /// Keys, checkpoints, the SQLite file, uploaded files.
    public var dataFolder: URL
    /// The files of records, when they lie elsewhere than in the data folder: a folder that several nodes share.
    public var files: URL?
    /// Style sheets, scripts, messages, sample data; beside the executable unless told otherwise.
    public var resources: URL
    public var database: DatabaseOptions
    public var host = "127.0.0.1"
    public var port = 8080
    /// PEM files; needed beyond loopback unless a trusted proxy ends TLS.
    public var tls: TLS?
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    public var trustedProxies: [String] = []
    /// `https://resolute.example.vn`: what links and the Origin check use. Nil on loopback.
    public var baseURL: URL?
    /// The zone in which days end.
    public var zone: TimeZone = TimeZone(identifier: "Asia/Ho_Chi_Minh") ?? .gmt
    public var limits = Limits()
    /// The day as of which a demonstration is about to be loaded. Nil: today, or the day of the one that is there.
    public var demonstrationDay: Day?

    public struct TLS: Sendable, Equatable {
        public var certificate: String
        public var key: String
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    public struct Limits: Sendable {
        /// Connections held open at once.
        public var connections = 2_000
        /// From the first byte of a request to the end of its headers.
        public var headers: Duration = .seconds(10)
        /// From the end of the headers to the end of the body.
        public var body: Duration = .seconds(20)
        /// Between two requests on one connection.
        public var idle: Duration = .seconds(25)
        /// A session unused for so long is over.
        public var sessionIdle: Duration = .seconds(2 * 3_600)
        /// A session this old is over.
        public var sessionAge: Duration = .seconds(12 * 3_600)
        /// For so long after the password was given, sensitive acts do not ask again.
        public var confirmation: Duration = .seconds(15 * 60)
        /// Days for which the link of an invitation is good unless its maker says otherwise, 1 to 30.
        public var invitationDays = 7
        /// Forms with files that are received at once; whoever comes later is asked to come again.
        public var uploads = 16
        /// Bytes of the disk that files never take, so that the database can still write.
        public var diskReserve = 512 << 20
        /// For requests under way when the server is told to stop.
        public var graceful: Duration = .seconds(10)
    }

    public init(dataFolder: URL, resources: URL, database: DatabaseOptions) {
        self.dataFolder = dataFolder
        self.resources = resources
        self.database = database
    }

    /// Where the files of records are.
    public var filesFolder: URL { files ?? dataFolder.appending(path: "files", directoryHint: .isDirectory) }

    /// Cookies carry `Secure` and the `__Host-` prefix where the browser reaches us by https.
    public var isSecure: Bool { tls != nil || baseURL?.scheme == "https" }
}
