"""Addresses of rewards and payments; part of `rewards.urls`."""

urlpatterns = []
