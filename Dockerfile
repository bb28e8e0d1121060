# One image for every process of the house; docker-compose.yml says which one runs.
FROM debian:12-slim

RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        fontconfig fonts-noto-cjk gettext libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
        nodejs npm postgresql-client python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /house
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY requirements.lock ./
RUN python3 -m venv .venv && .venv/bin/pip install -q --require-hashes -r requirements.lock
COPY tools/fonts.py tools/
RUN apt-get update && .venv/bin/python tools/fonts.py --to /house/fonts && rm -rf /var/lib/apt/lists/*
COPY . .
RUN .venv/bin/python tools/messages.py --compile \
    && useradd --system --home /house house \
    && mkdir -p var/anchors var/line var/opener var/signing var/media var/static && chown house var var/* && ln -s /house/fonts var/fonts

USER house
ENV PATH=/house/.venv/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
