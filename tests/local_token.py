"""The local token of processes that tests start."""

LOCAL_TOKEN = "local-token-of-the-tests"
SETTING = {"ADVISOR_LOCAL_TOKEN": LOCAL_TOKEN}
BEARER = {"Authorization": f"Bearer {LOCAL_TOKEN}"}
