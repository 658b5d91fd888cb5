/// Where to go on after signing in: a page of ours, never somebody else's.
enum ReturnPath {
    /// The path when it leads to a page of this site; nil for anything that a browser could read as another host.
    static func local(_ text: String) -> String? {
        guard text.utf8.count <= 2_000, text.hasPrefix("/"), !text.hasPrefix("//"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return text
    }

    /// As above, and not one of the pages that would send the person round in a circle.
    static func afterSignIn(_ text: String) -> String {
        guard let path = local(text) else { return "/" }
        let page = path.prefix { $0 != "?" && $0 != "#" }
        return ["/sign-in", "/sign-out", "/confirmation"].contains(page) ? "/" : path
    }
}
