# slim.sh VENV: leaves out of an installation what serving does not need, and compiles what it imports.
set -eu
packages=$(echo "$1"/lib/python3.*/site-packages)
find "$packages" -type d \( -name test -o -name tests \) -prune -exec rm -rf {} +
rm -rf "$packages"/onnxruntime/transformers "$packages"/onnxruntime/tools "$packages"/onnxruntime/quantization
find "$packages"/uvloop "$packages"/aiohttp -name '*.so' -exec strip --strip-unneeded {} +
cd / && "$1"/bin/python -c 'import bot.slack.app, bot.teams.app, bot.mcp.http, bot.mcp.server, bot.commands.serve, bot.commands.doctor, knowledge.matching.encoder, knowledge.matching.operator_fusion, msal'
