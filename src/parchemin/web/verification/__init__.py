"""The room where anybody verifies a certificate: no account, nothing to hide, nothing told of the holder."""
