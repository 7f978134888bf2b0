package dev.bowline.integration;

class NioCallbackThreadContractIT extends CallbackThreadContract implements OnNio {}
