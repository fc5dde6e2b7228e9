"""``python -m web``: the same as ``furet serve``."""

from web.serving import serve

serve(prog_name="python -m web")
