/// Bytes as hexadecimal digits, lower case: how hashes are written.
public enum HexText {
    public static func of(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for byte in bytes {
            if byte < 16 { text += "0" }
            text += String(byte, radix: 16)
        }
        return text
    }

    /// 64 hexadecimal digits, lower case: what a SHA-256 looks like, and nothing that could lead out of a folder.
    public static func isSHA256(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
