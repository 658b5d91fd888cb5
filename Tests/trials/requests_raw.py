"""HTTP/1.1 over a bare socket: sends any bytes, keeps the connection, reads one answer."""

import socket


class RawConnection:
    def __init__(self, port: int, timeout: float = 60):
        self.port, self.timeout = port, timeout
        self.socket: socket.socket | None = None
        self.buffer = b""

    def exchange(self, request: bytes) -> int | None:
        """The status of the answer; None when the server closed without one."""
        for attempt in (0, 1):
            fresh = self.socket is None
            try:
                if fresh:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
                    self.buffer = b""
                try:
                    self.socket.sendall(request)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # The answer to an early part, such as 413, may still be there to read.
                return self._answer()
            except (OSError, ValueError):
                self.close()
                if fresh or attempt:
                    return None
        return None

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def _answer(self) -> int:
        head = self._until(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1])
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while (size := int(self._until(b"\r\n").split(b";")[0], 16)) > 0:
                self._exactly(size + 2)
            self._until(b"\r\n")
        elif status not in (204, 304):
            self._exactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close":
            self.close()
        return status

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        head, _, self.buffer = self.buffer.partition(mark)
        return head

    def _exactly(self, size: int) -> None:
        while len(self.buffer) < size:
            self._more()
        self.buffer = self.buffer[size:]

    def _more(self):
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ValueError("closed")
        self.buffer += piece
