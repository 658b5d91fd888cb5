public import HTTPTypes
import NIOCore

extension Visit {
    public func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "private, no-cache",
                .contentLanguage: language.rawValue,
            ],
            bytes: ByteBuffer(bytes: html.bytes))
    }

    /// 303 to a page of ours. What is said after the act travels in a cookie that the next page takes away.
    public func redirect(to location: String, flash: Message? = nil) -> Answer {
        let answer = Answer(status: .seeOther, headers: [.location: location, .cacheControl: "no-store"])
        guard let flash else { return answer }
        return answer.adding(.setCookie, FlashCookie.set(flash, secure: services.configuration.isSecure))
    }

    /// The page of a refused form: 422 with every field as it was typed, or 409 with the reason above the form: what is
    /// asked for is not possible. Of a form that was made from a version of a record see `OvertakenForm.swift`.
    public func refused(_ error: any Error, _ view: ([Problem]) -> HTML) throws -> Answer {
        switch error as? AppError {
        case .invalid(let problems)?: return html(view(problems), status: .unprocessableContent)
        case .conflict(let message)?:
            return html(view([Problem("", message)]), status: .conflict)
        default: throw error
        }
    }

    /// A file to be saved.
    public func csv(name: String, _ text: String) -> Answer {
        Answer(
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            text: text)
    }

    /// A workbook to be saved.
    func xlsx(name: String, _ bytes: [UInt8]) -> Answer {
        Answer(
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .cacheControl: "private, no-store", .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            bytes: ByteBuffer(bytes: bytes), gzipped: nil)
    }
}
