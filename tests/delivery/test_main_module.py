import subprocess
import sys

from loccit import __version__


def test_the_package_runs_as_a_module():
    command = [sys.executable, "-m", "loccit", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert __version__ in done.stdout
