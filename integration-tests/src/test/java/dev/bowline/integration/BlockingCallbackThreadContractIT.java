package dev.bowline.integration;

class BlockingCallbackThreadContractIT extends CallbackThreadContract implements OnBlocking {}
