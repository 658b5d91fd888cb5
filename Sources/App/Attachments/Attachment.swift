/// A file that belongs to a record of another feature: its bytes stand in the ``FileStore``, this says what they are.
public struct Attachment: Sendable, Equatable {
    public let id: ID<Attachment>
    public let uid: UID
    /// The record it belongs to. Who may see that may see the file.
    public let subject: Subject
    /// As given, made safe; with an ending that matches the content.
    public let name: String
    public let kind: FileKind
    /// Bytes.
    public let size: Int
    /// Hexadecimal; names the bytes in the ``FileStore``.
    public let sha256: String
    public let text: TextState
    /// Why there is no text, or not all of it; nil when there is nothing to say.
    public let textNote: TextNote?
    public let addedAt: Instant
    /// Nil when the system did it.
    public let addedBy: App.ID<Person>?
    /// Set on a file of an issued record that no longer counts; it stays where it is.
    public let withdrawn: Withdrawal?

    public struct Withdrawal: Sendable, Equatable {
        public let at: Instant
        public let reason: String
    }

    /// How far the text of the file has been read, for the search.
    public enum TextState: String, Sendable, CaseIterable {
        case waiting, done
        /// There is none in it: a picture, a scanned page.
        case none
        case failed
    }

    public enum TextNote: String, Sendable, CaseIterable {
        /// Only the beginning was read: more than the search keeps of one file.
        case cut
        /// Locked by a password.
        case encrypted
        case damaged
        /// Took longer, or more memory, than is allowed.
        case time = "time-out"
        case large = "too-large"
        /// The bytes are not in the file store.
        case missing
    }
}

/// A file that has been received, examined and made durable, but does not belong to a record yet.
public struct KeptFile: Sendable, Equatable {
    public let name: String
    public let kind: FileKind
    /// Bytes.
    public let size: Int
    /// Hexadecimal.
    public let sha256: String

    public init(name: String, kind: FileKind, size: Int, sha256: String) {
        self.name = name
        self.kind = kind
        self.size = size
        self.sha256 = sha256
    }
}
