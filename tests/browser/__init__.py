"""The playground's page in a browser, against `advisor serve` as it runs on somebody's machine."""
