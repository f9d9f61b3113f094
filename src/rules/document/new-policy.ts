// The text that a new redaction policy begins with: valid as it stands, with a comment at each thing that a person may want to say.

/** `name` as rules are named. */
export const newPolicyText = (name: string): string => `weir: 1
kind: redaction-policy
name: ${name}
description: Nothing secret and nobody's personal data leaves in clear.
# What happens to a finding that no entry below is about: mask, partial, hash, remove or drop.
mode: mask
# Attributes that semantic conventions know as sensitive (client.address, user.email, url.query) count as findings.
sensitiveKeys: true
# The first entry that fits decides. Without detectors it is about the whole value under the key.
entries:
  - key: user.id
    do: hash
  - key: http.request.header.*
    detectors: [bearer-token, sensitive-key]
    do: remove
# redaction.* attributes on records that it changed: silent, info or debug.
annotate: silent
tests:
  - name: an e-mail address is masked where it stands
    given:
      - { Body: 'mail to joe.doe@mailbox.net', ServiceName: shop }
    expect:
      records: [{ Body: 'mail to ••••' }]
      changed: 1
`;
