"""Numpy as carefully as one can write one network by hand: the bar for a trainer that serves them all."""

from __future__ import annotations

import math

import numpy as np

from model.arrays import Array
from tests.benchmarks.peers.work import BETA_1, BETA_2, EPSILON, Peer, Work
from tests.benchmarks.report import Absent


class CarefulNumpy(Peer):
    """Buffers of (size, weeks) a day, allocated once; one product for yesterday and weather; Adam on one vector."""

    name = "numpy, careful"

    def __init__(self, work: Work) -> None:
        if work.config.network != "both":
            raise Absent("is written for the lecture's network alone")
        self.work, self.count = work, 0
        days, weathers, weeks = work.weather.shape
        hidden, dishes = work.weights["food"].shape
        self.days, self.rows = range(days), dishes
        food, weather, merge = work.weights.values()
        self.input, self.merge_at = hidden * (dishes + weathers), slice(hidden * (dishes + weathers), None)
        self.flat = np.concatenate([np.hstack([food, weather]).ravel(), merge.ravel()])
        self.grad, self.step = np.empty_like(self.flat), np.empty_like(self.flat)
        self.first, self.second = np.zeros_like(self.flat), np.zeros_like(self.flat)
        self.into, self.merge = self._views(self.flat)
        self.into_grad, self.merge_grad = self._views(self.grad)
        self.inputs = np.zeros((days + 1, dishes + weathers, weeks))
        self.inputs[:-1, dishes:], self.inputs[0, :dishes] = work.weather, work.start
        self.a, self.dz = np.empty((2, days, hidden, weeks))
        self.y, self.dy, self.error = np.empty((3, days, dishes, weeks))
        self.p = self.inputs[1:, :dishes]
        self.back, self.row = np.empty((dishes, weeks)), np.empty(weeks)
        self.one, self.scale = np.array(1.0), np.array(work.scale)
        self.into_days = np.empty((days, hidden, dishes + weathers))
        self.merge_days = np.empty((days, dishes, hidden))
        self.fold = [np.array(value) for value in (BETA_1, 1 - BETA_1, BETA_2, 1 - BETA_2)]

    def _views(self, flat: Array) -> tuple[Array, Array]:
        hidden, dishes = self.work.weights["food"].shape
        return flat[: self.input].reshape(hidden, -1), flat[self.merge_at].reshape(dishes, hidden)

    def _sum(self, rows: Array) -> Array:
        """The sum of each column: for a few rows additions are faster."""
        if len(rows) > 4:
            return np.add.reduce(rows, axis=0, out=self.row)
        np.add(rows[0], rows[1], self.row)
        for row in rows[2:]:
            np.add(self.row, row, self.row)
        return self.row

    def _greatest(self, rows: Array) -> Array:
        if len(rows) > 4:
            return np.maximum.reduce(rows, axis=0, out=self.row)
        np.maximum(rows[0], rows[1], out=self.row)
        for row in rows[2:]:
            np.maximum(self.row, row, out=self.row)
        return self.row

    def work_out(self) -> None:
        into, merge, inputs, rows = self.into, self.merge, self.inputs, self.rows
        for day in self.days:
            a, y, p = self.a[day], self.y[day], self.p[day]
            into.dot(inputs[day], a)
            np.tanh(a, a)
            merge.dot(a, y)
            np.subtract(y, self._greatest(y), y)
            np.exp(y, y)
            np.divide(y, self._sum(y), p)
        np.subtract(self.p, self.work.target, self.error)
        np.multiply(self.error, self.scale, self.error)
        np.multiply(self.a, self.a, self.dz)
        np.subtract(self.one, self.dz, self.dz)
        merge_back, food_back, back = merge.T, into[:, :rows].T, self.back
        hidden = np.empty_like(self.a[0])
        for day in reversed(self.days):
            dy, dz = self.error[day], self.dz[day]
            if day < self.days[-1]:
                p, out = self.p[day], self.dy[day]
                np.multiply(p, back, out)
                np.subtract(back, self._sum(out), back)
                np.multiply(back, p, out)
                dy = np.add(dy, out, out)
            else:
                self.dy[day] = dy
            merge_back.dot(dy, hidden)
            np.multiply(dz, hidden, dz)
            if day:
                food_back.dot(dz, back)
        np.matmul(self.dz, inputs[:-1].transpose(0, 2, 1), self.into_days)
        np.add.reduce(self.into_days, axis=0, out=self.into_grad)
        np.matmul(self.dy, self.a.transpose(0, 2, 1), self.merge_days)
        np.add.reduce(self.merge_days, axis=0, out=self.merge_grad)

    def gradient(self) -> tuple[float, Array]:
        self.work_out()
        loss = -np.log((self.p * self.work.target).sum(axis=1)).mean()
        return float(loss), self._in_order(self.grad)

    def run(self, updates: int) -> None:
        first, second, step, grad = self.first, self.second, self.step, self.grad
        beta_1, rest_1, beta_2, rest_2 = self.fold
        for _update in range(updates):
            self.work_out()
            self.count += 1
            np.multiply(grad, grad, step)
            np.multiply(step, rest_2, step)
            np.multiply(second, beta_2, second)
            np.add(second, step, second)
            np.multiply(grad, rest_1, step)
            np.multiply(first, beta_1, first)
            np.add(first, step, first)
            root = math.sqrt(1 - BETA_2**self.count)
            np.sqrt(second, step)
            np.add(step, EPSILON * root, step)
            np.divide(first, step, step)
            np.multiply(step, self.work.config.learning_rate * root / (1 - BETA_1**self.count), step)
            np.subtract(self.flat, step, self.flat)

    def _in_order(self, flat: Array) -> Array:
        """A vector in the order of the work's matrices."""
        into, merge = self._views(flat)
        return np.concatenate([into[:, : self.rows].ravel(), into[:, self.rows :].ravel(), merge.ravel()])

    @property
    def weights(self) -> Array:
        return self._in_order(self.flat)
