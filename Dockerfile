# The site and its worker in one container; the data lies in the volume /data.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /srv/bank

COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt

COPY manage.py pyproject.toml ./
COPY fixtures fixtures
COPY importers importers
COPY media media
COPY search search
COPY resourcebank resourcebank

RUN useradd --system --uid 1000 bank && mkdir /data && chown bank /data
USER bank
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=120s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=5)"]
CMD ["python", "-m", "resourcebank.project.serve", "--host", "0.0.0.0"]
