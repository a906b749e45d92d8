# SPDX-License-Identifier: Apache-2.0
"""probe.py - unmodified libnfc, one call at a time (nfc_probe.c)."""

import os
import signal
import subprocess


class Died(AssertionError):
    """The probe ended by itself; .code is its return code."""

    def __init__(self, code):
        super().__init__(f"the probe ended with {code}")
        self.code = code


class Probe:
    """A process that holds libnfc."""

    def __init__(self, connstring):
        self.p = subprocess.Popen(
            [os.path.join(os.environ["BUILD"], "tests/nfc_probe"),
             connstring], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, stderr=subprocess.DEVNULL)

    def start(self, call):
        """Make a call and do not wait for its end."""
        self.p.stdin.write(call + "\n")
        self.p.stdin.flush()

    def end(self):
        """The started call's result, milliseconds and bytes."""
        line = self.p.stdout.readline()
        if not line:
            raise Died(self.p.wait(20))
        result, ms, data = line[:-1].split(" ")
        return int(result), int(ms), bytes.fromhex(data)

    def call(self, call):
        self.start(call)
        return self.end()

    def ok(self, call):
        """A call that must not fail; its bytes."""
        result, _, data = self.call(call)
        assert result >= 0, (call, result)
        return data

    def kill(self):
        self.p.send_signal(signal.SIGKILL)
        self.p.wait(20)

    def close(self):
        self.p.stdin.close()
        self.p.stdout.close()
        return self.p.wait(20)
