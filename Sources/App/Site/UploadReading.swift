import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Takes a form with files off the connection: fields into memory, files into the `incoming` folder, as they arrive.
///
/// The form's token comes first and is checked before anything is kept.
struct UploadReading {
    let visit: Visit
    /// Of all files together, in bytes.
    let limit: Int
    let isAPI: Bool

    /// Fields and boundaries beside the files.
    private static let allowance = 1024 * 1024

    /// Reads the whole body. `admit` is asked once, with the visit as far as it is known: on a page with the token of
    /// the form, on the API before the first byte.
    func read(_ admit: (Visit) async throws -> Void) async throws -> Upload {
        if let announced = visit.header(.contentLength).flatMap({ Int($0) }),
            announced > limit + UploadReading.allowance
        {
            throw AppError.tooLarge(limit: limit)
        }
        let places = visit.services.uploads
        var hasPlace = false
        defer { if hasPlace { places.leave() } }
        return try await receive { asked in
            try await admit(asked)
            // Only whoever may send files takes a place: nobody else can keep them from those who may.
            try places.enter()
            hasPlace = true
            try requireRoom()
        }
    }

    /// What somebody typed who may not send files now: fields alone, of a body that is read up to some length.
    func typed() async -> Upload {
        var limits = MultipartReader.Limits()
        limits.files = min(limit, UploadReading.patience)
        var sink = UploadSink(store: nil)
        do {
            var reader = try MultipartReader(contentType: visit.header(.contentType) ?? "", limits: limits)
            for try await buffer in visit.request.body {
                var events: [MultipartReader.Event] = []
                try reader.read(Array(buffer.readableBytesView)) { events.append($0) }
                for event in events { try await sink.take(event, onlyToken: nil) }
            }
        } catch {
            visit.services.logger.debug("a refused form was not read to its end", metadata: ["error": "\(error)"])
        }
        return Upload(fields: sink.fields, dropped: sink.dropped)
    }

    /// Bytes of files that are let pass for the sake of the fields behind them.
    private static let patience = 32 * 1024 * 1024

    /// Whoever does not say how much comes is taken to send all that may come.
    private func requireRoom() throws {
        let announced = visit.header(.contentLength).flatMap { Int($0) } ?? limit
        try visit.services.files.requireRoom(
            for: min(announced, limit), reserve: visit.services.configuration.limits.diskReserve)
    }

    private func receive(_ admit: (Visit) async throws -> Void) async throws -> Upload {
        var limits = MultipartReader.Limits()
        limits.files = limit
        var sink = UploadSink(store: visit.services.files)
        do {
            var reader = try MultipartReader(contentType: visit.header(.contentType) ?? "", limits: limits)
            var isAdmitted = isAPI
            var isStale = false
            if isAPI { try await admit(visit) }
            for try await buffer in visit.request.body {
                var events: [MultipartReader.Event] = []
                try reader.read(Array(buffer.readableBytesView)) { events.append($0) }
                for event in events {
                    try await sink.take(event, onlyToken: !isAdmitted)
                    if !isAdmitted, event == .end {
                        var asked = visit
                        asked.upload = Upload(fields: sink.fields)
                        do { try await admit(asked) } catch AppError.staleForm { (isStale, sink.store) = (true, nil) }
                        isAdmitted = true
                    }
                }
            }
            try reader.finish()
            if isStale {
                throw RefusedUpload(
                    reason: .staleForm, typed: Upload(fields: sink.fields, dropped: sink.dropped))
            }
            return Upload(fields: sink.fields, files: sink.files)
        } catch {
            sink.discard()
            throw UploadReading.told(error, limit: limit)
        }
    }

    private static func told(_ error: any Error, limit: Int) -> any Error {
        guard let failure = error as? MultipartReader.Failure else { return error }
        switch failure {
        case .noBoundary: return AppError.unsupportedMediaType(wanted: "multipart/form-data")
        case .filesTooLarge: return AppError.tooLarge(limit: limit)
        case .headTooLarge, .tooManyParts: return AppError.malformed(Message("upload.error.too_many_parts"))
        case .fieldTooLarge(let name):
            return AppError.malformed(Message("upload.error.field_too_large", ["name": .text(String(name.prefix(60)))]))
        case .cutOff: return AppError.malformed(Message("upload.error.cut_off"))
        case .outsideOfParts, .badHead: return AppError.malformed(Message("upload.error.unreadable"))
        }
    }
}

/// A form with files whose token is that of another session: its fields can be sent again.
struct RefusedUpload: Error {
    let reason: AppError
    let typed: Upload
}

/// Where the parts of a form go.
private struct UploadSink {
    /// Nil when files are let pass and not kept.
    var store: FileStore?
    /// The names of what has passed, by field.
    private(set) var dropped: [String: String] = [:]
    private var raw: [String: String] = [:]
    private var problems = Validation()
    private(set) var files: [ReceivedFile] = []
    private var part: MultipartReader.Part?
    private var field: [UInt8] = []
    private var file: IncomingFile?

    init(store: FileStore?) { self.store = store }

    var fields: Fields {
        var fields = Fields(raw: raw)
        fields.problems = problems
        return fields
    }

    /// With `onlyToken` the part must be the field of the token: whatever else comes first is no form of ours. Nil of a
    /// form that is refused anyway.
    mutating func take(_ event: MultipartReader.Event, onlyToken: Bool?) async throws {
        switch event {
        case .begin(let part):
            let isToken = part.name == "csrf" && part.fileName == nil
            guard onlyToken == nil || isToken == onlyToken else { throw AppError.forbidden(Message("error.forgery")) }
            (self.part, field) = (part, [])
        case .bytes(let bytes):
            guard let part else { return }
            if part.fileName == nil {
                field += bytes
            } else if let store {
                let file = try file ?? store.begin()
                self.file = file
                try await store.write(bytes, to: file)
            }
        case .end:
            if let part { try await end(part) }
            part = nil
        }
    }

    private mutating func end(_ part: MultipartReader.Part) async throws {
        guard let fileName = part.fileName else { return endField(part.name) }
        guard let store else { return drop(part.name, fileName) }
        // A field in which no file was chosen comes without a name and without content.
        if fileName.isEmpty, file == nil { return }
        let written = try file ?? store.begin()
        files.append(
            ReceivedFile(field: part.name, name: fileName, file: written, size: written.size, sha256: written.sha256()))
        file = nil
    }

    private mutating func drop(_ field: String, _ fileName: String) {
        guard !fileName.isEmpty, dropped.count < 20 else { return }
        let name = CleanText.line(String(fileName.prefix(200))) ?? ""
        dropped[field] = dropped[field].map { String("\($0), \(name)".prefix(400)) } ?? name
    }

    private mutating func endField(_ name: String) {
        guard let text = String(validating: field, as: UTF8.self), !field.contains(0) else {
            return problems.add(name, "field.unreadable")
        }
        if raw.updateValue(text, forKey: name) != nil { problems.add(name, "field.doubled") }
    }

    mutating func discard() {
        file?.discard()
        for file in files { file.discard() }
    }
}
