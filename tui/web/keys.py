"""Who may have a tab: an address is good for one, and what the page gets for it never leaves that tab.

The address is seen by others more easily than one thinks (a shared screen, the browser's history), so its key works
once. A cookie would not do in place of the secret: cookies know no ports, and a browser hands them to every server
on this machine, whoever's it is.
"""

from __future__ import annotations

import secrets


class Keys:
    """The key that the next tab is opened with, and the secrets of those that were."""

    def __init__(self) -> None:
        self.next = secrets.token_urlsafe(16)
        """The key of the address that opens the next tab."""
        self._secrets: list[str] = []

    def exchange(self, key: str) -> str | None:
        """Give a secret for the key, and make the next one; nothing for a word that is not the key."""
        if not _same(key, self.next):
            return None
        self.next = secrets.token_urlsafe(16)
        self._secrets.append(secrets.token_urlsafe(32))
        return self._secrets[-1]

    def knows(self, word: str) -> bool:
        """Whether a word is the secret of a tab."""
        return any(_same(word, secret) for secret in self._secrets)


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(errors="replace"), other.encode())
