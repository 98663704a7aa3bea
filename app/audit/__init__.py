"""Who did what: sign-ins, looks at personal data, exports, settings, rights, withdrawals and disposals."""
