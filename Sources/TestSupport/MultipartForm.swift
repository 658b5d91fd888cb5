public import HTTPTypes

/// A form with files as a browser sends it: fields first, in their order.
public struct MultipartForm: Sendable {
    public struct File: Sendable {
        public let field: String
        public let name: String
        public let bytes: [UInt8]

        public init(_ name: String, _ bytes: [UInt8], field: String = "file") {
            self.field = field
            self.name = name
            self.bytes = bytes
        }
    }

    public static let boundary = "----ResoluteFormBoundary7MA4YWxkTrZu0gW"
    public static let contentType = "multipart/form-data; boundary=\(boundary)"

    public let fields: [(String, String)]
    public let files: [File]

    public init(_ fields: [(String, String)], files: [File] = []) {
        self.fields = fields
        self.files = files
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in fields { bytes += part("name=\"\(name)\"", type: nil, Array(value.utf8)) }
        for file in files {
            let name = file.name.replacing("\"", with: "%22")
            bytes += part("name=\"\(file.field)\"; filename=\"\(name)\"", type: "application/octet-stream", file.bytes)
        }
        return bytes + Array("--\(MultipartForm.boundary)--\r\n".utf8)
    }

    private func part(_ parameters: String, type: String?, _ content: [UInt8]) -> [UInt8] {
        let kind = type.map { "Content-Type: \($0)\r\n" } ?? ""
        let head = "--\(MultipartForm.boundary)\r\nContent-Disposition: form-data; \(parameters)\r\n\(kind)\r\n"
        return Array(head.utf8) + content + Array("\r\n".utf8)
    }
}

extension Browser {
    /// Sends a form with files, with the token of the last page as its first field unless the fields bring one.
    public func upload(
        _ path: String, _ fields: [(String, String)] = [], files: [MultipartForm.File], headers: HTTPFields = [:]
    ) async throws -> Reply {
        let isGiven = fields.contains { $0.0 == "csrf" }
        let form = MultipartForm((isGiven ? [] : [("csrf", csrf)]) + fields, files: files)
        var headers = headers
        headers[.contentType] = MultipartForm.contentType
        return try await post(path, raw: form.bytes, headers: headers)
    }
}
