"""Text is kept as JavaScript strings, in which a high surrogate before a low one is one character."""

print(len('\ud800\udc00'))
