import Foundation
import Testing

@testable import App

@Suite struct XMLEventsTests {
    /// Tags and text in one line.
    private func read(_ xml: String) throws -> String {
        try read(Array(xml.utf8))
    }

    private func read(_ bytes: [UInt8], stop: Int = .max) throws -> String {
        var zip = TestZip()
        zip.add("a.xml", bytes)
        return try zip.with { file in
            let archive = try ZipArchive(file: file)
            let entry = try #require(archive.entry("a.xml"))
            var said: [String] = []
            try XMLEvents.read(archive, entry) { event in
                switch event {
                case .start(let name, let attributes):
                    let list = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
                    said.append("<\(name)\(list)>")
                case .text(let text): said.append(text)
                case .end(let name): said.append("</\(name)>")
                }
                return said.count < stop
            }
            return said.joined()
        }
    }

    @Test func tagsAndTextComeInOrderWithoutPrefixes() throws {
        let xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:a xmlns:w=\"u\"><w:t x=\"1\">Huế &amp; &lt;Vinh&gt;</w:t><b/></w:a>"
        #expect(try read(xml).contains("<t x=1>Huế & <Vinh></t><b></b></a>"))
    }

    @Test func anAttributeIsFoundWithoutItsPrefix() {
        #expect(["r:id": "rId1", "sheetId": "3"].attribute("id") == "rId1")
        #expect(["state": "hidden"].attribute("state") == "hidden")
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
        "<?xml version=\"1.0\"?><!-- \(String(repeating: "long ", count: 4_000)) --><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "<a><b></a>", "<a>", "", "text", "<a>&unknown;</a>",
        "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>+ADw-</a>",
        String(repeating: "<a>", count: 1_000) + String(repeating: "</a>", count: 1_000),
    ])
    func whatNoOfficeProgramWritesIsRefused(_ xml: String) {
        #expect(throws: XMLEvents.Failure.damaged) { try read(xml) }
    }

    @Test func utf16IsRefused() {
        #expect(throws: XMLEvents.Failure.damaged) {
            try read([0xFF, 0xFE] + "<a/>".utf8.flatMap { [$0, 0] })
        }
    }

    @Test func aReaderMayStopEarly() throws {
        let xml = "<a>" + String(repeating: "<b>x</b>", count: 10_000) + "</a>"
        #expect(try read(Array(xml.utf8), stop: 3) == "<a><b>x")
    }

    @Test func whatTheReaderThrowsComesOut() throws {
        try TestZip(["a.xml": "<a><b/></a>"]).with { file in
            let archive = try ZipArchive(file: file)
            let entry = try #require(archive.entry("a.xml"))
            #expect(throws: AppError.notFound) {
                try XMLEvents.read(archive, entry) { _ in throw AppError.notFound }
            }
        }
    }
}
