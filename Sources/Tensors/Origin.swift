struct Origin: Sendable {}
