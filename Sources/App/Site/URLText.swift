/// Text in URLs.
public enum URLText {
    /// One value of a query string: everything but unreserved characters (RFC 3986 §2.3) escaped.
    public static func query(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~/".utf8.contains(byte)
            if isPlain {
                out.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                out += byte < 16 ? "%0" + hex : "%" + hex
            }
        }
        return out
    }

    /// `path?a=1&b=2` from the pairs whose value is not empty.
    public static func link(_ path: String, _ pairs: KeyValuePairs<String, String>) -> String {
        let query = URLText.pairs(pairs)
        return query.isEmpty ? path : path + "?" + query
    }

    /// `a=1&b=2` from the pairs whose value is not empty.
    static func pairs(_ pairs: some Sequence<(key: String, value: String)>) -> String {
        pairs.filter { !$0.value.isEmpty }.map { "\($0.key)=\(URLText.query($0.value))" }.joined(separator: "&")
    }
}
