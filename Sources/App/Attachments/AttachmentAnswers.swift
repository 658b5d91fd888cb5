extension Visit {
    /// The bytes of an attachment that the viewer may see: shown with `?show=1` when a browser can show it safely,
    /// else to be saved. `attachment` was found through the store of the feature that owns its record.
    public func answer(_ attachment: Attachment) throws -> Answer {
        let isShown = query["show"] == "1" && attachment.kind.isShown
        return try file(
            FileDownload(
                name: attachment.name, mediaType: attachment.kind.mediaType, size: attachment.size,
                sha256: attachment.sha256, isShown: isShown))
    }
}
