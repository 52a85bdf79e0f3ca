"""The groups of methods: `app.chat`, `app.runs`, …"""
