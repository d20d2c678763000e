"""Drive a real Firefox through WebDriver BiDi, the protocol that it speaks itself: no driver beside it is needed."""

import contextlib
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time

import pytest

KEYS = {"Control": "\ue009", "Shift": "\ue008", "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004"}


class Page:
    """Drive one tab: what it loads, and what it complains of, is kept."""

    def __init__(self, socket):
        self.socket, self.numbers = socket, itertools.count(1)
        self.requests, self.errors = [], []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method, **parameters):
        """Send a command and return its result; note the events that come before it."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                assert message["type"] == "success", f"{method}: {message.get('error')} {message.get('message')}"
                return message["result"]
            self._note(message.get("method"), message.get("params", {}))

    def _note(self, event, found):
        if event == "network.beforeRequestSent":
            self.requests.append(found["request"]["url"])
        elif event == "log.entryAdded" and found["level"] == "error":
            self.errors.append(found["text"])

    def open(self, address):
        """Open an address and wait until its page is loaded."""
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, code):
        """Evaluate JavaScript (a promise is waited for); returns the value, which JSON can hold."""
        target = {"context": self.context}
        wrapped = f"(async () => JSON.stringify(await ({code})))()"
        done = self.call("script.evaluate", expression=wrapped, target=target, awaitPromise=True)
        assert done["type"] == "success", done["exceptionDetails"]["text"]
        return json.loads(done["result"].get("value", "null"))

    def wait(self, code, seconds=120):
        """Evaluate JavaScript until it is true; returns its value."""
        end = time.monotonic() + seconds
        while not (value := self.run(code)):
            assert time.monotonic() < end, f"after {seconds} s this is still false: {code}"
            time.sleep(0.1)
        return value

    def press(self, *keys):
        """Press keys together, as a hand does: all down, then all up."""
        values = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": value} for value in values]
        actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        self.call(
            "input.performActions", context=self.context, actions=[{"type": "key", "id": "k", "actions": actions}]
        )

    def paste(self, text):
        """Put a text in place of the selection of the element that has the focus."""
        self.run(f"document.execCommand('insertText', false, {json.dumps(text)})")


@contextlib.contextmanager
def open_firefox():
    """Open a headless Firefox with a profile of its own; gives its page."""
    path = shutil.which("firefox") or shutil.which("firefox-esr")
    if path is None:
        pytest.skip("no Firefox here: install it (Debian: apt install firefox-esr)")
    websocket = pytest.importorskip("websocket")
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        command = [path, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile]
        firefox = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        try:
            for line in firefox.stderr:
                if found := re.search(r"BiDi listening on (ws://\S+)", line):
                    break
            else:
                pytest.fail("Firefox ended before it could be spoken to")
            socket = websocket.create_connection(f"{found[1]}/session", suppress_origin=True, timeout=150)
            yield Page(socket)
            socket.close()
        finally:
            firefox.terminate()
            firefox.wait(30)
