"""Signatures with SSH keys, as OpenSSH makes them (SSHSIG), for the namespace `orgcode`.

A signature stands in one line: the base64 of its bytes, without armour. It is verified in this
process, by the same rules on every computer and whatever is installed there; each is at least as
strict as `ssh-keygen -Y verify`. Making one is left to OpenSSH itself (`signer`), which knows
agents, passphrases and security keys.

From the bottom up: `wire` (how SSH writes numbers and texts), `envelope` (what a signature holds),
`public_keys` (a line such as stands in people/), `algorithms` (the only place that knows the
library `cryptography`), `verifying`, `proving` (whose key it is, and on which days).
"""
